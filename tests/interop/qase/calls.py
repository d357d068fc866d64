"""Calls the mock with the vendor's generated Python clients; one line per call: operation, tab, `ok` or what went wrong."""

import inspect
import json
import os
import re
import sys

import qase.api_client_v1 as v1
import qase.api_client_v2 as v2


def client(module, version):
    host = re.sub(r"/v1$", "/" + version, os.environ["QASE_BASE_URL"])
    configuration = module.Configuration(host=host)
    configuration.api_key["TokenAuth"] = os.environ["QASE_TOKEN"]
    return module.ApiClient(configuration)


def filled(value, kept):
    if isinstance(value, str) and value.startswith("$"):
        return kept[value[1:]]
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    if isinstance(value, dict) and "$files" in value:
        return [(name, text.encode()) for name, text in value["$files"].items()]
    if isinstance(value, dict):
        return {name: filled(item, kept) for name, item in value.items()}
    return value


def arguments(call, values):
    """Objects as the models that the client's signatures name."""
    parameters = inspect.signature(call).parameters.values()
    for value, parameter in zip(values, parameters):
        is_model = isinstance(value, dict) and hasattr(parameter.annotation, "from_dict")
        yield parameter.annotation.from_dict(value) if is_model else value


def found(answer, path):
    for step in path.split("."):
        answer = answer[int(step)] if step.isdigit() else answer[step]
    if answer is None:
        raise ValueError(f"the answer lacks {path}")
    return answer


modules = {"v1": v1, "v2": v2}
clients = {"v1": client(v1, "v1"), "v2": client(v2, "v2")}
kept = {}
for row in json.load(open(sys.argv[1])):
    module, group, method = row["call"].split(".")
    try:
        call = getattr(getattr(modules[module], group)(clients[module]), method)
        answer = call(*arguments(call, [filled(arg, kept) for arg in row["args"]]))
        for name, path in row.get("keep", {}).items():
            kept[name] = found(json.loads(json.dumps(answer.to_dict(), default=str)), path)
        verdict = "ok"
    except KeyError as error:
        verdict = f"not called: there is no {error}"
    except Exception as error:
        verdict = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    print(f"{row['operation']}\t{verdict}", flush=True)

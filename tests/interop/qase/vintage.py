"""Calls the mock with the hand-written Python client of 2021; one line per call: operation, tab, `ok` or what went wrong."""

import os

from qaseio.client import QaseApi
from qaseio.client.models import (
    MilestoneCreate,
    MilestoneUpdate,
    ProjectCreate,
    SharedStepCreate,
    SharedStepUpdate,
    TestPlanCreate,
    TestPlanUpdate,
    TestRunCreate,
    TestRunResultCreate,
    TestRunResultStatus,
    TestRunResultUpdate,
    TestSuiteCreate,
    TestSuiteUpdate,
)

GROUPS = "projects cases runs results plans suites milestones shared_steps defects attachments custom_fields users"

api = QaseApi(os.environ["QASE_TOKEN"])
base = os.environ["QASE_BASE_URL"]
for group in GROUPS.split():
    getattr(api, group).path = lambda path: base + "/" + path.lstrip("/")

code = "DEMO"
kept = {}


def call(operation, action, keep=None):
    try:
        answer = action()
        if keep:
            name, member = keep
            kept[name] = getattr(answer, member)
            if kept[name] is None:
                raise ValueError(f"the answer lacks {member}")
        verdict = "ok"
    except KeyError as error:
        verdict = f"not called: there is no {error}"
    except Exception as error:
        verdict = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    print(f"{operation}\t{verdict}", flush=True)


call("getProjects", lambda: api.projects.get_all())
call("createProject", lambda: api.projects.create(ProjectCreate("Vintage", "VINTAG")), ("project", "code"))
call("getProject", lambda: api.projects.get(kept["project"]))
call("listCases", lambda: api.cases.get_all(code))
call("getCase", lambda: api.cases.get(code, 1))
call("createSuite", lambda: api.suites.create(code, TestSuiteCreate("Vintage")), ("suite", "id"))
call("listSuites", lambda: api.suites.get_all(code))
call("getSuite", lambda: api.suites.get(code, kept["suite"]))
call("updateSuite", lambda: api.suites.update(code, kept["suite"], TestSuiteUpdate("Renamed")))
call("deleteSuite", lambda: api.suites.delete(code, kept["suite"]))
call("createMilestone", lambda: api.milestones.create(code, MilestoneCreate("Vintage")), ("milestone", "id"))
call("listMilestones", lambda: api.milestones.get_all(code))
call("getMilestone", lambda: api.milestones.get(code, kept["milestone"]))
call("updateMilestone", lambda: api.milestones.update(code, kept["milestone"], MilestoneUpdate("Renamed")))
call("deleteMilestone", lambda: api.milestones.delete(code, kept["milestone"]))
call("createSharedStep", lambda: api.shared_steps.create(code, SharedStepCreate("Log in", "Open")), ("step", "hash"))
call("listSharedSteps", lambda: api.shared_steps.get_all(code))
call("getSharedStep", lambda: api.shared_steps.get(code, kept["step"]))
call("updateSharedStep", lambda: api.shared_steps.update(code, kept["step"], SharedStepUpdate("Log out", "Close")))
call("deleteSharedStep", lambda: api.shared_steps.delete(code, kept["step"]))
call("createPlan", lambda: api.plans.create(code, TestPlanCreate("Vintage", [1])), ("plan", "id"))
call("listPlans", lambda: api.plans.get_all(code))
call("getPlan", lambda: api.plans.get(code, kept["plan"]))
call("updatePlan", lambda: api.plans.update(code, kept["plan"], TestPlanUpdate("Renamed", [1])))
call("deletePlan", lambda: api.plans.delete(code, kept["plan"]))
call("createRun", lambda: api.runs.create(code, TestRunCreate("Vintage", [1, 2])), ("run", "id"))
call("listRuns", lambda: api.runs.get_all(code))
call("getRun", lambda: api.runs.get(code, kept["run"]))
new = TestRunResultCreate(1, TestRunResultStatus.PASSED)
call("createResult", lambda: api.results.create(code, kept["run"], new), ("result", "hash"))
call("listResults", lambda: api.results.get_all(code))
call("getResult", lambda: api.results.get(code, kept["result"]))
update = TestRunResultUpdate(TestRunResultStatus.FAILED)
call("updateResult", lambda: api.results.update(code, kept["run"], kept["result"], update))
call("deleteResult", lambda: api.results.delete(code, kept["run"], kept["result"]))
call("completeRun", lambda: api.runs.complete(code, kept["run"]))
call("deleteRun", lambda: api.runs.delete(code, kept["run"]))
call("listDefects", lambda: api.defects.get_all(code))
call("getDefect", lambda: api.defects.get(code, 1))
call("resolveDefect", lambda: api.defects.resolve(code, 1))
call("deleteDefect", lambda: api.defects.delete(code, 1))
call("listDocumentedCustomFields", lambda: api.custom_fields.get_all(code))
call("getDocumentedCustomField", lambda: api.custom_fields.get(code, 1))
call("listAttachments", lambda: api.attachments.get_all())
call("uploadAttachments", lambda: kept.update(file=api.attachments.upload(code, (b"hello", "text/plain", "log.txt"))[0]))
call("getAttachment", lambda: api.attachments.get(kept["file"].hash))
call("deleteAttachment", lambda: api.attachments.delete(kept["file"].hash))
call("listUsers", lambda: api.users.get_all())
call("getUser", lambda: api.users.get(1))
call("deleteCase", lambda: api.cases.delete(code, 2))

// Calls the mock with the vendor's generated JavaScript clients; one line per call: operation, tab, `ok` or what went wrong.

const fs = require('fs');
const path = require('path');

const modules = path.resolve(process.argv[3]);
const load = (name) => require(require.resolve(name, { paths: [modules] }));
const packages = { v1: load('qase-api-client'), v2: load('qase-api-v2-client') };
const formDataCtor = load('form-data');

const configuration = (version) =>
  new packages[version].Configuration({
    apiKey: process.env.QASE_TOKEN,
    basePath: process.env.QASE_BASE_URL.replace(/\/v1$/, `/${version}`),
    formDataCtor,
  });
const configurations = { v1: configuration('v1'), v2: configuration('v2') };

const kept = {};
const filled = (value) => {
  if (typeof value === 'string' && value.startsWith('$')) {
    if (!(value.slice(1) in kept)) throw new Error(`not called: there is no ${value.slice(1)}`);
    return kept[value.slice(1)];
  }
  if (Array.isArray(value)) return value.map(filled);
  if (value && value.$files) return Object.entries(value.$files).map(([name, text]) => ({ name, value: Buffer.from(text) }));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, filled(v)]));
  return value;
};
const found = (answer, steps) => {
  const value = steps.split('.').reduce((at, step) => at[step], answer);
  if (value === undefined || value === null) throw new Error(`the answer lacks ${steps}`);
  return value;
};
const camel = (text) => text.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

(async () => {
  for (const row of JSON.parse(fs.readFileSync(process.argv[2]))) {
    const [version, group, method] = row.call.split('.');
    let verdict = 'ok';
    try {
      const api = new packages[version][group](configurations[version]);
      const answer = (await api[camel(method)](...row.args.map(filled))).data;
      for (const [name, steps] of Object.entries(row.keep || {})) kept[name] = found(answer, steps);
    } catch (error) {
      const body = error.response ? ` ${error.response.status} ${JSON.stringify(error.response.data)}` : '';
      verdict = `${error.message}${body}`.replace(/\s+/g, ' ').slice(0, 300);
    }
    console.log(`${row.operation}\t${verdict}`);
  }
})();

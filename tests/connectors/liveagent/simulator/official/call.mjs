// Calls the official client: one JSON line in is one call, one JSON line out is what came of it.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const client = createRequire(import.meta.url)(process.argv[2]);

function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  if ("$date" in value) return new Date(value.$date);
  if ("$file" in value) return new Blob([value.$file], { type: "text/plain" });
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, revive(one)]));
}

function invalidTimes(value, place) {
  if (value instanceof Date) return isNaN(value) ? [place] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, one]) => invalidTimes(one, `${place}.${name}`));
}

async function call({ api, name, parameters, url, key }) {
  const seen = {};
  const keep = async ({ response }) => {
    seen.status = response.status;
    seen.body = await response.text();
  };
  const configuration = { basePath: `${url}/api/v3`, apiKey: key, middleware: [{ post: keep }] };
  const made = new client[api](new client.Configuration(configuration));
  try {
    const given = revive(parameters);
    const value = Object.keys(given).length ? await made[name](given) : await made[name]();
    seen.problems = invalidTimes(value, name).map((place) => `${place}: not a time`);
  } catch (error) {
    seen.problems = error.name === "ResponseError" ? [] : [String(error)];
  }
  return seen;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await call(JSON.parse(line))));
}

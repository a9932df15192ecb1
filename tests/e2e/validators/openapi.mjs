// Lints an OpenAPI document and holds recorded answers against its schemas: openapi.mjs OPENAPI RECORDED
import { readFileSync } from "node:fs";
import { createConfig, lint } from "@redocly/openapi-core";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

const [openapi, recorded] = process.argv.slice(2);
const config = await createConfig({ extends: ["recommended"], rules: { "info-license": "off" } });
const problems = await lint({ ref: openapi, config });
for (const one of problems) console.log(`${one.severity} ${one.ruleId}: ${one.message} at ${one.location[0]?.pointer}`);

const description = JSON.parse(readFileSync(openapi, "utf8"));
const ajv = new Ajv({ strict: false, allErrors: false });
formats(ajv);
ajv.addSchema({ $id: "openapi", ...description });
let wrong = 0;
for (const { path, method, status, body } of JSON.parse(readFileSync(recorded, "utf8"))) {
  const content = description.paths[path][method].responses[status].content;
  const type = "application/json" in content ? "application/json" : "application/problem+json";
  const place = ["paths", path, method, "responses", status, "content", type, "schema"];
  const pointer = place.map((one) => one.replaceAll("~", "~0").replaceAll("/", "~1")).map(encodeURIComponent).join("/");
  const check = ajv.getSchema(`openapi#/${pointer}`) ?? ajv.compile({ $ref: `openapi#/${pointer}` });
  if (check(body)) continue;
  ++wrong;
  console.log(`${path}: ${ajv.errorsText(check.errors)}`);
}
process.exit(wrong || problems.some((one) => one.severity === "error") ? 1 : 0);

// Tries 100,000 amounts, and what is none, on schemas of points, with ajv.
//
//     node scripts/refereeing/amounts.cjs SCHEMAS.json

const { readFileSync } = require("node:fs");
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;

const NONE = ["5", null, true, [], 10 ** 12 + 0.5, -(10 ** 12) - 0.5];

for (const [name, schema] of Object.entries(JSON.parse(readFileSync(process.argv[2], "utf8")))) {
  const ajv = new Ajv({ keywords: ["x-decimals"] });
  addFormats(ajv);
  const isValid = ajv.compile(schema);
  let refused = 0;
  for (let hundredths = 1; hundredths <= 100_000; hundredths += 1) {
    if (!isValid(hundredths / 100)) refused += 1;
  }
  const taken = NONE.filter((each) => isValid(each)).length;
  console.log(`ajv: ${name}: 100000 个数额，拒绝 ${refused} 个；错的放过 ${taken} 个`);
  if (refused || taken) process.exitCode = 1;
}

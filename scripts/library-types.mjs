/**
 * Takes zod out of the library's declarations. The package has no dependencies (zod is bundled), so a type that
 * the compiler wrote as `z.infer<typeof facts>` is written out here from the schema itself.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const inferred = /^export type (\w+) = z\.infer<typeof (?:\w+\.)?(\w+)>;$/gm;
const schemaConst = /^(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?(?:export )?declare const \w+: (?:z\.|<T)[\s\S]*?;\n(?=export |declare |import |\/\*\*|(?![\s\S]))/gm;
const zodImport = /^import (?:type )?\* as z from "zod\/mini";\n/m;

/** `schemas`: every exported zod schema by name; `toJsonSchema`: zod's own. */
export function writeOutTypes(dir, schemas, toJsonSchema) {
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".d.ts")) continue;
    const path = join(dir, name);
    const text = readFileSync(path, "utf8");
    if (!zodImport.test(text)) continue;
    const plain = text
      .replace(inferred, (_, type, schema) => `export type ${type} = ${typeOf(toJsonSchema(wanted(schemas, schema, name)))};`)
      .replace(schemaConst, "")
      .replace(/^(?:\/\*\*.*\*\/\n)?export declare function toJsonSchema.*;\n/m, "")
      .replace(zodImport, "")
      .replace(/^import (?:type )?(?:\* as \w+|\{[^}]*\}) from "\.\/schema[\w-]*\.ts";\n/gm, "");
    const rest = plain.replace(/\/\*[\s\S]*?\*\//g, "").split("\n").filter((line) => /\bz\./.test(line));
    if (rest.length > 0) throw new Error(`${name} still speaks of zod: ${rest.join("\n")}`);
    writeFileSync(path, plain);
  }
}

function wanted(schemas, name, file) {
  if (schemas[name] === undefined) throw new Error(`${file} infers a type from ${name}, which is no exported schema`);
  return schemas[name];
}

/** A TypeScript type for the part of JSON Schema that zod writes. */
export function typeOf(schema, indent = "") {
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return options.map((one) => typeOf(one, indent)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(" | ");
  if (schema.type === "array") return arrayType(schema, indent);
  if (schema.type === "object") return objectType(schema, indent);
  if (["string", "number", "boolean", "null"].includes(schema.type)) return schema.type;
  if (schema.type === "integer") return "number";
  throw new Error(`no type for ${JSON.stringify(schema)}`);
}

function arrayType({ prefixItems, items }, indent) {
  if (prefixItems !== undefined) return `[${prefixItems.map((one) => typeOf(one, indent)).join(", ")}]`;
  return `(${typeOf(items, indent)})[]`;
}

function objectType({ properties, required = [], additionalProperties }, indent) {
  if (properties === undefined) return `Record<string, ${typeOf(additionalProperties, indent)}>`;
  const inner = `${indent}    `;
  const fields = Object.entries(properties).map(([name, schema]) => {
    const type = typeOf(schema, inner);
    return `${inner}${/^\w+$/.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? `: ${type}` : `?: ${type} | undefined`};\n`;
  });
  return `{\n${fields.join("")}${indent}}`;
}

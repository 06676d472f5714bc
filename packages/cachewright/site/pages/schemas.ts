/** The documented contract of `--json`: each schema as a file, and as a table to read. */
import type { Command } from "../../src/cli/command.ts";
import { commands } from "../../src/cli/commands.ts";
import { html, type Markup } from "../../src/report/html/markup.ts";
import { jsonSchemas } from "../../src/report/json/schemas.ts";
import { commandPath, schemaPath } from "../paths.ts";
import type { SitePage } from "../site-page.ts";
import { slug, table, to } from "../words.ts";

/** Reports that several commands print, or that are named otherwise than the command. */
const shared: Readonly<Record<string, readonly string[]>> = {
  facts: ["doctor"], explain: ["explain", "run"], "cache-change": ["cache rm", "cache prune", "cache clear"], "cache-files": ["cache export", "cache import"], "cache-ls-tool": ["cache ls", "cache show"],
};

/** A schema's name begins with the command's: `runs-list` is of `runs`. The longest such name counts. */
function commandsOf(schema: string): readonly string[] {
  const fit = commands.map(({ name }) => name).filter((name) => schema === slug(name) || schema.startsWith(`${slug(name)}-`));
  return shared[schema] ?? fit.sort((a, b) => b.length - a.length).slice(0, 1);
}

export function schemasOf({ name }: Pick<Command, "name">): string[] {
  return Object.keys(jsonSchemas()).filter((schema) => commandsOf(schema).includes(name));
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
}

export function schemaPages(): SitePage[] {
  const all = Object.entries(jsonSchemas()) as [string, Schema][];
  return [indexPage(all.map(([name]) => name)), ...all.map(([name, schema]) => schemaPage(name, schema))];
}

/** The files themselves, as they are shipped. */
export function schemaFiles(): [string, string][] {
  return Object.entries(jsonSchemas()).map(([name, schema]) => [`schemas/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`]);
}

function commandLinks(schema: string): Markup {
  return html`${commandsOf(schema).map((name, i) => html`${i > 0 ? ", " : ""}${to(commandPath(name), html`<code>cachewright ${name}</code>`)}`)}`;
}

function indexPage(names: readonly string[]): SitePage {
  const main = html`<h1>JSON schemas</h1>
<p class="lead">What <code>--json</code> prints, as JSON Schema (draft 2020-12). Every report has a field <code>schema</code>: a new optional field keeps its number, anything else raises it. The same files are shipped in <code>dist/schemas</code> of the package.</p>
${table({ caption: "Schemas", head: ["Schema", "Printed by", "File"], rows: names.map((name) => ({ cells: [to(schemaPath(name), name), commandLinks(name), html`<a href="site:schemas/${name}.schema.json"><code>${name}.schema.json</code></a>`] })) })}`;
  return { path: "schemas/index.html", title: "JSON schemas", summary: "The reports of --json, field by field.", above: [], main, search: [] };
}

function schemaPage(name: string, schema: Schema): SitePage {
  const path = schemaPath(name);
  const rows = fieldsOf(schema, "");
  const main = html`<h1>JSON of ${name}</h1>
<p class="lead">Printed by ${commandLinks(name)}${name === "facts" ? " with --save-facts" : " with --json"}. The schema as a file: <a href="site:schemas/${name}.schema.json"><code>${name}.schema.json</code></a>.</p>
${table({ caption: `Fields of ${name}`, head: ["Field", "Type", ""], rows: rows.map(({ field, type, isOptional, about }) => ({ cells: [html`<code>${field}</code>`, type, html`${isOptional ? html`<span class="dim">optional</span> ` : undefined}${about}`] })) })}`;
  return {
    path, title: `JSON of ${name}`, summary: `The fields of the ${name} report.`, above: [{ title: "JSON schemas", path: "schemas/index.html" }], main,
    search: [{ path, title: `JSON of ${name}`, kind: "schema", summary: `The fields of the ${name} report.`, names: [`${name}.schema.json`], messages: [], text: rows.map(({ field }) => field).join(" ") }],
  };
}

interface Field {
  readonly field: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly about: string;
}

/** Objects and lists are opened; of several shapes those that are objects are told one after the other. */
function fieldsOf(schema: Schema, at: string): Field[] {
  const shapes = schema.anyOf ?? schema.oneOf;
  if (shapes !== undefined) return unique(shapes.flatMap((shape) => fieldsOf(shape, at)));
  if (schema.items !== undefined) return fieldsOf(schema.items, `${at}[]`);
  if (typeof schema.additionalProperties === "object") return fieldsOf(schema.additionalProperties, `${at}.*`);
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const field = at === "" ? name : `${at}.${name}`;
    return [{ field, type: typeOf(one), isOptional: schema.required?.includes(name) !== true, about: one.description ?? "" }, ...fieldsOf(one, field)];
  });
}

function unique(fields: readonly Field[]): Field[] {
  const seen = new Map<string, Field>();
  for (const one of fields) {
    const before = seen.get(one.field);
    const types = before === undefined || before.type.split(" or ").includes(one.type) ? (before?.type ?? one.type) : `${before.type} or ${one.type}`;
    seen.set(one.field, { ...one, type: types });
  }
  return [...seen.values()];
}

function typeOf(schema: Schema): string {
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" or ");
  const shapes = schema.anyOf ?? schema.oneOf;
  if (shapes !== undefined) return [...new Set(shapes.map(typeOf))].join(" or ");
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  if (typeof schema.additionalProperties === "object") return `object of ${typeOf(schema.additionalProperties)}`;
  return [schema.type ?? "anything"].flat().join(" or ");
}

/** Where each page stands, from the site's root. */
import { slug } from "./words.ts";

export const problemPath = (id: string): string => `problems/${id}.html`;
export const commandPath = (name: string): string => `commands/${slug(name)}.html`;
export const schemaPath = (name: string): string => `schemas/${name}.html`;
export const toolPath = (tool: string): string => `settings/${tool}.html`;
export const rulePath = (code: string): string => `lint/${code}.html`;

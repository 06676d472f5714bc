import { condaStatements } from "./conda-statements.ts";
import { pipStatements } from "./pip-statements.ts";
import type { Statement } from "./statement.ts";
import { uvStatements } from "./uv-statements.ts";

export const statements: readonly Statement[] = [...pipStatements, ...condaStatements, ...uvStatements];

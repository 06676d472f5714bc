/** The library's public face. */
export { AppError, type ErrorCode } from "./machine/app-error.ts";
export type { Machine } from "./machine/machine.ts";
export { nodeMachine } from "./machine/node-machine.ts";
export type { Facts } from "./facts/facts.ts";
export type { Evidence, Finding, Problem, Remedy, Severity } from "./problems/problem.ts";
export type { Plan, Step } from "./fixes/step.ts";
export { problemIds } from "./problems/registry.generated.ts";

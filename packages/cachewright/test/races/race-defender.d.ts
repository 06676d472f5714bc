/** The defender a race was bundled with: the module given to `runRace`. */
declare module "race:defender" {
  export const defend: import("./race-apply.ts").Defender;
}

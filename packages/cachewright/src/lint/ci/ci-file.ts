/** What GitLab CI files and GitHub workflows hold besides commands. */
export interface CiFile {
  readonly system: "gitlab" | "github";
}

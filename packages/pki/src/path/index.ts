export type { PathBudget } from './budget.ts'
export type { Purpose, RevocationCheck, RevocationStatus, ValidatePathOptions, ValidPath } from './options.ts'
export { validatePath } from './validate.ts'

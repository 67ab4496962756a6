export type { PathBudget } from './budget.ts'
export { Budget } from './budget.ts'
export { checkHostName } from './host-name.ts'
export type {
  AnchorConstraints,
  Fetched,
  PolicyInputs,
  Purpose,
  RevocationCheck,
  RevocationSources,
  RevocationStatus,
  TrustAnchor,
  ValidatePathOptions,
} from './options.ts'
export type { PathPolicies, PathVerdict, RefusedPath, RevocationFinding, ValidPath, Want } from './result.ts'
export { explainPath, validatePath } from './validate.ts'

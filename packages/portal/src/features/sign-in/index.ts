export { parseSignInSearch } from './search.ts'

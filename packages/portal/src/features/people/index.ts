export { parseNewPersonSearch } from './model.ts'

export { parseRequestSearch } from './model.ts'

export { parseNewKitSearch } from './model.ts'

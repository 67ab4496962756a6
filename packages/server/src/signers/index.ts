export { type FileSignersOptions, openFileSigners } from './file-signers.ts'

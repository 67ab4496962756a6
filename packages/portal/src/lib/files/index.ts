export { fileNameOf, saveBlob, saveFile } from './save-file.ts'

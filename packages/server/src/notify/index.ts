export { headAddress } from './head-address.ts'
export { headFolder } from './head-folder.ts'
export { webhook } from './webhook.ts'

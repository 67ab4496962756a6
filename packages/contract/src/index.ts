// What server, client and portal say to each other: import the folders (`@scel/contract/routes`, …), not this page.
export { APPLICANT_HEADER, APPLICANT_THUMBPRINT_OID, NONCE_HEADER } from './applicant/index.ts'
export { DeskError, isDeskError, SENTENCES } from './errors/index.ts'
export { KitFile } from './kit/index.ts'
export { pathOf } from './routes/index.ts'

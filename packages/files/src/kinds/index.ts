// What a file is: by its beginning, since names lie and .p7m is both sealed and signed.

export { CMS_LABELS, type CmsKind, cmsKind } from './cms-kind.ts'
export { type FileKind, fileKind, HEAD } from './file-kind.ts'
export { opensByPassphrase, opensForAll } from './sealed-needs.ts'
export { type Wrapping, wrappingOf } from './wrapping.ts'

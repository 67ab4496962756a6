// What is made of files is called, and what was in them.

export {
  bareName,
  becomesZip,
  bundleName,
  contentFor,
  contentName,
  distinctPaths,
  sealedName,
  signedName,
} from './names.ts'

/**
 * What is added to the environment of a program of Scel that a test starts: where a run of all tests keeps what has been compiled, so that not
 * each of hundreds compiles the same modules again.
 */
export const COMPILED: Readonly<Record<string, string>> = process.env.NODE_COMPILE_CACHE
  ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }
  : {}

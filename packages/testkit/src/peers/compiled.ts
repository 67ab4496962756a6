/**
 * What is added to the environment of a program of Scel that a test starts: where a run of all tests keeps what has been compiled, and
 * the program in one file, so that not each of hundreds finds and compiles the same modules again.
 */
export const COMPILED: Readonly<Record<string, string>> = Object.fromEntries(
  ['NODE_COMPILE_CACHE', 'NODE_OPTIONS'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
)

/** Exit codes of every command. They are part of the interface and never change their meaning. */
export const EXIT = {
  done: 0,
  /** The desk refused, or something failed on this machine. */
  failed: 1,
  /** The command line was wrong: an option is unknown, missing or malformed. */
  usage: 2,
  /** Nothing went wrong, but the certificate is not there yet. */
  notReady: 3,
  /** The desk could not be reached or trusted, or the test of a certificate failed. */
  connection: 4,
  /** Ctrl-C, as shells count it: 128 + SIGINT. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

import { readFileSync } from 'node:fs'

/**
 * How many files the system lets this process have open, connections included; undefined where it sets no limit or does
 * not say. Node raises its own limit to the hard one when it starts, so it is read from the running process.
 */
export function openFilesLimit(): number | undefined {
  try {
    const said = /^Max open files +([0-9]+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))
    return said ? Number(said[1]) : undefined
  } catch {
    return undefined // no Linux
  }
}

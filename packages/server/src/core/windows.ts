import type { World } from './world.ts'

/**
 * Counts what comes of each key, in windows of one length that begin with the first that is counted. They are kept by the time that
 * goes by, never by the clock: one begun while the clock was ahead would not end before that time has come.
 */
export interface Windows {
  /** One more of this key. @returns its window, this one counted */
  count(key: string): Window
  /** The window of this key, undefined when none is open. */
  of(key: string): Window | undefined
}

export interface Window {
  readonly count: number
  /** Milliseconds until it ends, more than none and never more than the length. */
  readonly left: number
}

/**
 * @param length of each window, in milliseconds
 * @param most keys remembered; the one that was counted longest ago is forgotten first
 */
export function createWindows({ elapsed }: Pick<World, 'elapsed'>, length: number, most: number): Windows {
  const windows = new Map<string, { count: number; readonly began: number }>()
  const open = (key: string, now: number) => {
    const window = windows.get(key)
    return window && now - window.began < length ? window : undefined
  }
  return {
    count: (key) => {
      const now = elapsed()
      const window = open(key, now) ?? { count: 0, began: now }
      window.count++
      windows.delete(key) // to the end of the map: the first of it is the one that is forgotten
      windows.set(key, window)
      if (windows.size > most) windows.delete(windows.keys().next().value!)
      return { count: window.count, left: window.began + length - now }
    },
    of: (key) => {
      const now = elapsed()
      const window = open(key, now)
      return window && { count: window.count, left: window.began + length - now }
    },
  }
}

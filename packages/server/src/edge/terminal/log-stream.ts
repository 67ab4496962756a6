import { constants, fstatSync, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { destination } from 'pino'

// Where the lines of the log go. A log that nobody reads, or that has no room, must stop nobody: a write never waits in the
// thread of the desk, nor in one of those that work for it (the end of a process waits for them), what waits is bounded,
// and what found no room is counted and told.

export interface LogStream {
  write(line: string): void
  /** Lines that found no room so far. */
  readonly dropped: number
  /** Writes what waits, for so many milliseconds at most, and lets go of the rest and of what comes after it. */
  end(limit: number): Promise<void>
}

/** What the two kinds of stream below have in common. */
interface Sink {
  /** Whether there was room. */
  write(line: string): boolean
  /** Calls `done` when nothing waits any more. */
  flush(done: () => void): void
  /** Without this, what waits would keep the process alive. */
  drop(): void
  /** Calls `again` whenever there is room after there was none. */
  onRoom(again: () => void): void
}

/** @param descriptor of the file, pipe, socket or terminal, open for writing: usually 2 */
export function openLog(descriptor: number): LogStream {
  const sink = sinkOf(descriptor)
  let dropped = 0
  let untold = 0
  let ended = false
  const write = (line: string): void => {
    if (ended) return
    if (sink.write(line)) return
    dropped++
    untold++
  }
  sink.onRoom(() => {
    if (untold === 0) return
    const line = {
      level: WARN,
      time: Date.now(),
      lines: untold,
      msg: 'lines of the log found no room and were dropped',
    }
    if (sink.write(`${JSON.stringify(line)}\n`)) untold = 0
  })
  return {
    write,
    get dropped() {
      return dropped
    },
    end: async (limit) => {
      let late: NodeJS.Timeout | undefined
      await Promise.race([
        new Promise<void>((done) => sink.flush(done)),
        new Promise<void>((done) => {
          late = setTimeout(done, limit)
        }),
      ])
      clearTimeout(late)
      ended = true
      sink.drop()
    },
  }
}

function sinkOf(descriptor: number): Sink {
  const kind = fstatSync(descriptor)
  if (kind.isFile() || process.platform === 'win32') return fileSink(descriptor)
  const own = kind.isSocket() ? undefined : reopened(descriptor)
  return own === undefined ? socketSink(descriptor) : fileSink(own)
}

/**
 * The same pipe or terminal once more, in a way of its own that does not wait: to change the one that was given would change
 * it for everybody who has it. Linux can do this for whoever may write to it.
 */
function reopened(descriptor: number): number | undefined {
  try {
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return undefined
  }
}

function fileSink(descriptor: number): Sink {
  const file = destination({ dest: descriptor, sync: false, maxLength: MOST_WAITING })
  let room = true
  let waits = false
  file.on('error', () => undefined) // a full disk: what waits is tried again with the next line
  file.on('drop', () => {
    room = false
  })
  file.on('drain', () => {
    waits = false
  })
  return {
    write: (line) => {
      room = true
      waits = true
      file.write(line)
      return room
    },
    flush: (done) => void (waits ? file.once('drain', done) : done()),
    drop: () => file.destroy(),
    onRoom: (again) => void file.on('drain', again),
  }
}

function socketSink(descriptor: number): Sink {
  const socket = new Socket({ fd: descriptor, readable: false, writable: true })
  socket.on('error', () => undefined) // nobody is there any more: no reason for a desk to end
  socket.unref()
  return {
    write: (line) => {
      if (socket.destroyed || socket.writableLength > MOST_WAITING) return false
      socket.write(line)
      return true
    },
    flush: (done) => {
      if (socket.destroyed || socket.writableLength === 0) done()
      else socket.write('', () => done())
    },
    drop: () => void socket.destroy(),
    onRoom: (again) => void socket.on('drain', again),
  }
}

const WARN = 40
/** In octets: minutes of a busy desk. */
const MOST_WAITING = 4 * 1024 * 1024

import { globSync, readFileSync } from 'node:fs'

/** Follows the private memory of the processes that show pages, where the system tells it. */
export function watchMemory(profile: string): { stop(): number | undefined } {
  let most = 0
  const timer = setInterval(() => {
    for (const status of globSync('/proc/[0-9]*/cmdline')) {
      const used = privateMemory(status, profile)
      if (used !== undefined) most = Math.max(most, used)
    }
  }, 250)
  return {
    stop() {
      clearInterval(timer)
      return most || undefined
    },
  }
}

function privateMemory(cmdline: string, profile: string): number | undefined {
  try {
    const words = readFileSync(cmdline, 'utf8')
    if (!words.includes('--type=renderer') || !words.includes(profile)) return undefined
    const [, kibibytes] = /^RssAnon:\s+(\d+)/m.exec(readFileSync(cmdline.replace('cmdline', 'status'), 'utf8')) ?? []
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
  } catch {
    return undefined // it ended meanwhile
  }
}

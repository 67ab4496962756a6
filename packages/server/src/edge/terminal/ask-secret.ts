import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** What somebody types at a terminal, shown to nobody. @returns an empty text when they leave (Ctrl-C, Ctrl-D) */
export async function askSecret(
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<string> {
  output.write(`${question} `)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input, output: nowhere, terminal: true })
  try {
    const left = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
    return await Promise.race([terminal.question('').catch(() => ''), left])
  } finally {
    terminal.close()
    output.write('\n')
  }
}

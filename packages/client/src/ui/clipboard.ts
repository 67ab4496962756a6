import { spawn } from 'node:child_process'
import type { Outside } from '../outside.ts'
import { stop } from './cli-error.ts'

interface ClipboardTool {
  readonly program: string
  readonly arguments: readonly string[]
  readonly encoding: 'utf8' | 'utf16le'
}

/**
 * Puts a text on the clipboard: by the desktop's own program, or, in a terminal without one (over ssh), by asking the
 * terminal itself (OSC 52). @throws clipboard_missing
 */
export async function copyToClipboard(
  text: string,
  outside: Pick<Outside, 'env' | 'platform' | 'terminal'>,
): Promise<void> {
  for (const tool of clipboardTools(outside.platform, outside.env)) if (await feed(tool, text)) return
  if (!outside.terminal) stop('clipboard_missing')
  outside.terminal.output.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`)
}

/** The programs to try on this desktop, best first. */
export function clipboardTools(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): ClipboardTool[] {
  const tool = (program: string, ...rest: string[]): ClipboardTool => ({ program, arguments: rest, encoding: 'utf8' })
  if (platform === 'darwin') return [tool('pbcopy')]
  if (platform === 'win32') return [{ program: 'clip.exe', arguments: [], encoding: 'utf16le' }]
  const wayland = env.WAYLAND_DISPLAY ? [tool('wl-copy')] : []
  const x11 = env.DISPLAY ? [tool('xclip', '-selection', 'clipboard'), tool('xsel', '--clipboard', '--input')] : []
  return [...wayland, ...x11]
}

function feed({ program, arguments: rest, encoding }: ClipboardTool, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    // Output is not listened to: wl-copy and xclip stay behind to serve the text, and would keep a pipe open.
    const child = spawn(program, rest, { stdio: ['pipe', 'ignore', 'ignore'], timeout: 5_000, windowsHide: true })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
    child.stdin.on('error', () => resolve(false))
    child.stdin.end(Buffer.from(text, encoding))
  })
}

import { execFile } from 'node:child_process'
import { CliError, stop } from '../ui/cli-error.ts'

/** Runs a program of the platform, arguments as a list and never through a shell. Tests put their own in its place. */
export type RunTool = (tool: Tool) => Promise<string>

export interface Tool {
  readonly program: string
  readonly arguments: readonly string[]
  /** What to install when the program is missing. */
  readonly package: string
}

/** @throws tool_missing, tool_failed with the first line that the program said */
export const runTool: RunTool = ({ program, arguments: rest, package: name }) =>
  new Promise((resolve, reject) => {
    const options = { timeout: 60_000, maxBuffer: 16 * 1024 * 1024, windowsHide: true }
    const child = execFile(program, [...rest], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      if (error.code === ('ENOENT' as unknown))
        return reject(new CliError('tool_missing', { tool: program, package: name }))
      const reason = (stderr || stdout || error.message).trim().split('\n')[0] ?? ''
      reject(new CliError('tool_failed', { tool: program, reason }, error))
    })
    child.stdin?.end() // a program that asks for a password gets no answer instead of waiting for ever
  })

/** Whether a program of the platform can be run at all. */
export async function toolPresent(run: RunTool, tool: Tool): Promise<boolean> {
  try {
    await run(tool)
    return true
  } catch (error) {
    return !(error instanceof CliError && error.code === 'tool_missing')
  }
}

export const missing = ({ program, package: name }: Tool): never =>
  stop('tool_missing', { tool: program, package: name })

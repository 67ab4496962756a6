import { type Node, parseSync, Visitor } from 'oxc-parser'

/** One breakage of one place: what stood there, and what stands there instead. */
export interface Mutant {
  /** 1-based. */
  readonly line: number
  /** Where the place starts, in UTF-16 units. */
  readonly offset: number
  readonly before: string
  readonly after: string
  /** The whole file with the breakage. */
  readonly text: string
}

/**
 * Breaks what guards, one place at a time: a condition that refuses never holds, a demanded check is not made, one of two
 * conditions is forgotten, a limit is off by one. Code that is there for types only is left alone.
 *
 * @param text of a TypeScript file
 */
export function mutantsOf(text: string): Mutant[] {
  const { program } = parseSync('guard.ts', text)
  const found: Mutant[] = []
  const replace = ({ start, end }: Span, after: string): void => {
    const before = text.slice(start, end)
    const broken = `${text.slice(0, start)}${after}${text.slice(end)}`
    if (before === after || found.some((other) => other.text === broken)) return
    found.push({ line: text.slice(0, start).split('\n').length, offset: start, before, after, text: broken })
  }
  const cut = ({ start, end }: Span): string => text.slice(start, end)

  new Visitor({
    IfStatement(node) {
      if (leaves(node.consequent)) replace(node.test, 'false')
    },
    ExpressionStatement(node) {
      const call = node.expression.type === 'AwaitExpression' ? node.expression.argument : node.expression
      if (call.type === 'CallExpression' && DEMANDS.test(nameOf(call.callee))) replace(node, ';')
    },
    LogicalExpression(node) {
      if (node.operator === '??') return
      replace(node, cut(node.left))
      replace(node, cut(node.right))
    },
    BinaryExpression(node) {
      const other = BOUNDS[node.operator]
      if (other) replace(node, `${cut(node.left)} ${other} ${cut(node.right)}`)
    },
    ConditionalExpression(node) {
      if (refuses(node.consequent)) replace(node, cut(node.alternate))
      else if (refuses(node.alternate)) replace(node, cut(node.consequent))
    },
  }).visit(program)
  return found
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Whether a branch ends what the function would otherwise go on with. */
function leaves(branch: Node): boolean {
  const last = branch.type === 'BlockStatement' ? branch.body.at(-1) : branch
  if (!last) return false
  if (last.type === 'ReturnStatement' || last.type === 'ThrowStatement') return true
  return last.type === 'ExpressionStatement' && refuses(last.expression)
}

function refuses(node: Node): boolean {
  const inner = node.type === 'AwaitExpression' ? node.argument : node
  return inner.type === 'CallExpression' && REFUSES.test(nameOf(inner.callee))
}

function nameOf(callee: Node): string {
  if (callee.type === 'Identifier') return callee.name
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : ''
}

const REFUSES = /^(refuse|fail|stop|malformed)/
const DEMANDS = /^(require|check|spend|assert|verify|demand|forbid|record|limit)/
const BOUNDS: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }

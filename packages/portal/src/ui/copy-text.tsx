import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import classes from './copy-text.module.css'

/** A value people copy: monospaced, breakable anywhere, with its button. */
export function CopyText(props: { value: string; shown?: ReactNode; label: string; done: string }): ReactNode {
  return (
    <span className={classes.row}>
      <span className={classes.value}>{props.shown ?? props.value}</span>
      <CopyButton value={props.value} timeout={2000}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? props.done : props.label}>
            <ActionIcon
              onClick={copy}
              size={28}
              color={copied ? 'petrol' : 'gray'}
              aria-label={copied ? props.done : props.label}
            >
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  )
}

/** Hexadecimal in pairs, so that two people can compare it aloud; lines break after a colon only. */
export function HexPairs({ hex }: { hex: string }): ReactNode {
  const pairs = hex.toUpperCase().match(/../g) ?? []
  return pairs.map((pair, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pairs have no identity but their place
    <Fragment key={at}>
      {at === 0 ? null : (
        <>
          :<wbr />
        </>
      )}
      {pair}
    </Fragment>
  ))
}

import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../lib/languages/index.ts'
import classes from './brand.module.css'

/** The seal and the name. */
export function Brand({ small }: { small?: string }): ReactNode {
  const text = useText()
  return (
    <UnstyledButton component="span" className={classes.brand}>
      <img src="/seal.svg" alt="" width={30} height={30} />
      <span>
        <span className={classes.name}>{text('app.name')}</span>
        {small ? <span className={classes.small}>{small}</span> : null}
      </span>
    </UnstyledButton>
  )
}

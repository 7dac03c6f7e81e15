import Link from 'next/link'
import { Screen } from '@/app/_shell/screen'

export default function NotFound() {
  return (
    <Screen title="There is nothing at this address">
      <p>
        It may have been a model or an alert of another installation. Everything that is open stands on{' '}
        <Link href="/">Now</Link>.
      </p>
    </Screen>
  )
}

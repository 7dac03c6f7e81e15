import { ScreenSkeleton } from '@/app/_ui/skeleton'

export default function Loading() {
  return <ScreenSkeleton />
}

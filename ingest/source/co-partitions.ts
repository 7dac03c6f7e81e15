import kafkajs, { type GroupMember, type PartitionAssigner } from 'kafkajs'

const name = 'assay-co-partitions'

/**
 * Gives partition p of every topic to the same worker: the model id is the key, so one worker sees all events of a model, on whatever topic they come
 * (if the topics have as many partitions), and need not hand the model over with every batch.
 */
export const coPartitions: PartitionAssigner = ({ cluster }) => ({
  name,
  version: 1,
  async assign({ members, topics }: { members: GroupMember[]; topics: string[] }) {
    const sorted = members.map(({ memberId }) => memberId).sort()
    const assignment = new Map<string, Record<string, number[]>>(sorted.map((id) => [id, {}]))
    for (const topic of topics) {
      for (const { partitionId } of cluster.findTopicPartitionMetadata(topic)) {
        const member = assignment.get(sorted[partitionId % sorted.length] as string)
        if (!member) continue
        member[topic] ??= []
        member[topic].push(partitionId)
      }
    }
    return [...assignment].map(([memberId, topicsOfMember]) => ({
      memberId,
      memberAssignment: kafkajs.AssignerProtocol.MemberAssignment.encode({
        version: 1,
        assignment: topicsOfMember,
        userData: Buffer.alloc(0),
      }),
    }))
  },
  protocol({ topics }: { topics: string[] }) {
    return {
      name,
      metadata: kafkajs.AssignerProtocol.MemberMetadata.encode({ version: 1, topics, userData: Buffer.alloc(0) }),
    }
  },
})

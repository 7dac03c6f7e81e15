import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Produces each line of standard input to a topic with one codec, as a Java client frames it. Arguments: brokers, topic, codec. */
public class ProduceCompressed {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("compression.type", args[2]);
    settings.put("linger.ms", "200");
    settings.put("batch.size", "262144");
    settings.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    settings.put("value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings);
        java.io.BufferedReader in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in, "UTF-8"))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) producer.send(new ProducerRecord<>(args[1], line));
    }
  }
}

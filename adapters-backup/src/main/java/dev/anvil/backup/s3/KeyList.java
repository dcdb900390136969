package dev.anvil.backup.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The keys of a ListObjectsV2 answer. */
final class KeyList {
  private KeyList() {}

  static List<String> of(byte[] xml) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<String> keys = new ArrayList<>();
    try {
      XMLStreamReader r = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      boolean contents = false;
      while (r.hasNext()) {
        int event = r.next();
        if (event == XMLStreamReader.START_ELEMENT) {
          contents |= r.getLocalName().equals("Contents");
          if (contents && r.getLocalName().equals("Key")) {
            keys.add(r.getElementText());
          }
        } else if (event == XMLStreamReader.END_ELEMENT && r.getLocalName().equals("Contents")) {
          contents = false;
        }
      }
      return keys;
    } catch (XMLStreamException e) {
      throw new IOException("the list of keys is no XML: " + e.getMessage(), e);
    }
  }
}

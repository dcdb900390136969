package dev.anvil.s3.wire;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A document of a request: an element with the text directly inside it and its children. Namespaces
 * and attributes say nothing in S3's requests and are left out, but for the one type of grantees.
 */
public final class XmlTree {
  private static final String TYPE = "type";

  private final String name;
  private final String type;
  private final StringBuilder text = new StringBuilder();
  private final List<XmlTree> children = new ArrayList<>();

  private XmlTree(String name, String type) {
    this.name = name;
    this.type = type;
  }

  /**
   * Parses a document. Document types and entities of its own are refused, and so are depth and
   * number of elements beyond {@link S3Limits}.
   *
   * @throws S3Failure MalformedXML
   */
  public static XmlTree parse(byte[] document, String root) {
    XmlTree tree;
    try {
      tree = read(document);
    } catch (XMLStreamException | RuntimeException e) {
      if (e instanceof S3Failure known) {
        throw known;
      }
      throw malformed();
    }
    if (tree == null || !tree.name.equals(root)) {
      throw malformed();
    }
    return tree;
  }

  private static XmlTree read(byte[] document) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("nothing is resolved");
    });
    XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(document));
    try {
      return read(in);
    } finally {
      in.close();
    }
  }

  private static XmlTree read(XMLStreamReader in) throws XMLStreamException {
    Deque<XmlTree> open = new ArrayDeque<>();
    XmlTree root = null;
    int elements = 0;
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          XmlTree element = new XmlTree(in.getLocalName(), type(in));
          if (++elements > S3Limits.MAX_ELEMENTS || open.size() >= S3Limits.MAX_DEPTH) {
            throw malformed();
          }
          if (open.isEmpty()) {
            root = element;
          } else {
            open.peek().children.add(element);
          }
          open.push(element);
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (!open.isEmpty()) {
            open.peek().text.append(in.getText());
          }
        }
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw malformed();
        default -> {}
      }
    }
    return root;
  }

  private static String type(XMLStreamReader in) {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      if (in.getAttributeLocalName(i).equals(TYPE)) {
        return in.getAttributeValue(i);
      }
    }
    return null;
  }

  /** Local name. */
  public String name() {
    return name;
  }

  /** Value of the attribute {@code type}, or null. */
  public String type() {
    return type;
  }

  /** Text directly inside, as it is. */
  public String text() {
    return text.toString();
  }

  /** Children in order. */
  public List<XmlTree> children() {
    return children;
  }

  /** Children of this name. */
  public List<XmlTree> all(String child) {
    return children.stream().filter(c -> c.name.equals(child)).toList();
  }

  /** The only child of this name, or null if there is none; two are malformed. */
  public XmlTree child(String child) {
    List<XmlTree> all = all(child);
    if (all.size() > 1) {
      throw malformed();
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  /** Text of the only child of this name, or null. */
  public String text(String child) {
    XmlTree found = child(child);
    return found == null ? null : found.text();
  }

  /** Text of the child that must be there. */
  public String required(String child) {
    String found = text(child);
    if (found == null) {
      throw malformed();
    }
    return found;
  }

  /** Refuses children that are none of these: what is not understood is never ignored. */
  public XmlTree only(Set<String> known) {
    for (XmlTree child : children) {
      if (!known.contains(child.name)) {
        throw malformed();
      }
    }
    return this;
  }

  /** The refusal of a document that is none. */
  public static S3Failure malformed() {
    return new S3Failure(S3Code.MalformedXML);
  }
}

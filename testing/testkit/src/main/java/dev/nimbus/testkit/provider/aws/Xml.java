package dev.nimbus.testkit.provider.aws;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Changes answers of moto's. */
final class Xml {
  private Xml() {}

  /** An answer without those items of a list that mention one of some ids. */
  static String without(String xml, String list, Set<String> ids) {
    var document = parsed(xml);
    var lists = document.getElementsByTagName(list);
    for (var i = 0; i < lists.getLength(); i++) {
      var items = lists.item(i).getChildNodes();
      for (var j = items.getLength() - 1; j >= 0; j--) {
        var item = items.item(j);
        if (ids.stream().anyMatch(item.getTextContent()::contains)) {
          lists.item(i).removeChild(item);
        }
      }
    }
    return written(document);
  }

  private static Document parsed(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("Cannot read an answer of moto's: " + xml, e);
    }
  }

  private static String written(Document document) {
    try {
      var text = new StringWriter();
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("Cannot write an answer of moto's", e);
    }
  }
}

using System.Text;
using System.Xml;

namespace PosteRestante.Protocols.ResourceLists;

/// <summary>Writes a flat list of URIs as <c>application/resource-lists+xml</c> (RFC 4826 3; RFC 5363 4).</summary>
public static class ResourceListWriter
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <summary>The document.</summary>
    public static byte[] Write(IEnumerable<string> uris)
    {
        ArgumentNullException.ThrowIfNull(uris);
        using var octets = new MemoryStream();
        using (var writer = XmlWriter.Create(octets, Settings))
        {
            writer.WriteStartElement("resource-lists", ResourceListParser.Namespace);
            writer.WriteStartElement("list", ResourceListParser.Namespace);
            foreach (var uri in uris)
            {
                writer.WriteStartElement("entry", ResourceListParser.Namespace);
                writer.WriteAttributeString("uri", uri);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return octets.ToArray();
    }
}

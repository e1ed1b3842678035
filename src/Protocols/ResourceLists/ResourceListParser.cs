using System.Runtime.InteropServices;
using System.Xml;

namespace PosteRestante.Protocols.ResourceLists;

/// <summary>
/// Reads the entries of an <c>application/resource-lists+xml</c> document (RFC 4826 3), nested lists flattened, in the order
/// of the document. Nothing is ever fetched: <c>external</c> and <c>entry-ref</c> are passed over, a document type
/// declaration is refused, so there are no entities to expand. The cost is bounded by the octets and the limits.
/// </summary>
public static class ResourceListParser
{
    /// <summary>The namespace.</summary>
    public const string Namespace = "urn:ietf:params:xml:ns:resource-lists";

    /// <summary>The media type.</summary>
    public const string MediaType = "application/resource-lists+xml";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads a document.</summary>
    /// <param name="document">Its octets.</param>
    /// <param name="options">Limits.</param>
    /// <param name="uris">Gets the <c>uri</c> of each entry, as it stands; those of earlier documents count for the limit.</param>
    /// <param name="line">Where the error is, from 1.</param>
    public static ResourceListError Parse(
        ReadOnlyMemory<byte> document, ResourceListOptions options, ICollection<string> uris, out int line)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(uris);
        line = 1;
        try
        {
            using var octets = Open(document);
            using var reader = XmlReader.Create(octets, Settings);
            var error = Read(reader, options, uris);
            line = ((IXmlLineInfo)reader).LineNumber;
            return error;
        }
        catch (XmlException malformed)
        {
            // The platform's reader has no other way to say it. The declaration is looked for only to name it.
            line = Math.Max(1, malformed.LineNumber);
            return document.Span.IndexOf("<!DOCTYPE"u8) >= 0 ? ResourceListError.DocumentType : ResourceListError.NotWellFormed;
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> document) =>
        MemoryMarshal.TryGetArray(document, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(document.ToArray(), writable: false);

    private static ResourceListError Read(XmlReader reader, ResourceListOptions options, ICollection<string> uris)
    {
        var path = new ResourceListElement[options.MaxDepth];
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (reader.Depth >= path.Length)
            {
                return ResourceListError.TooDeep;
            }

            var element = reader.Depth == 0 ? RootOf(reader) : Classify(reader, path[reader.Depth - 1]);
            path[reader.Depth] = element;
            var error = element switch
            {
                ResourceListElement.Misplaced when reader.Depth == 0 => ResourceListError.WrongRoot,
                ResourceListElement.Misplaced => ResourceListError.MisplacedElement,
                ResourceListElement.Entry => Add(reader, options, uris),
                _ => ResourceListError.None,
            };
            if (error != ResourceListError.None)
            {
                return error;
            }
        }

        return ResourceListError.None;
    }

    private static ResourceListElement RootOf(XmlReader reader) =>
        IsOurs(reader) && reader.LocalName == "resource-lists" ? ResourceListElement.Root : ResourceListElement.Misplaced;

    private static ResourceListElement Classify(XmlReader reader, ResourceListElement parent)
    {
        if (parent == ResourceListElement.Foreign || !IsOurs(reader))
        {
            return ResourceListElement.Foreign;
        }

        return (parent, reader.LocalName) switch
        {
            (ResourceListElement.Root or ResourceListElement.List, "list") => ResourceListElement.List,
            (ResourceListElement.List, "entry") => ResourceListElement.Entry,
            (ResourceListElement.List, "entry-ref" or "external") => ResourceListElement.Reference,
            (ResourceListElement.List or ResourceListElement.Entry or ResourceListElement.Reference, "display-name") =>
                ResourceListElement.DisplayName,
            _ => ResourceListElement.Misplaced,
        };
    }

    private static bool IsOurs(XmlReader reader) => reader.NamespaceURI == Namespace;

    private static ResourceListError Add(XmlReader reader, ResourceListOptions options, ICollection<string> uris)
    {
        if (reader.GetAttribute("uri") is not { } uri)
        {
            return ResourceListError.EntryWithoutUri;
        }

        if (uris.Count >= options.MaxEntries)
        {
            return ResourceListError.TooManyEntries;
        }

        uris.Add(uri.Trim());
        return ResourceListError.None;
    }
}

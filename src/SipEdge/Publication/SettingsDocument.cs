using System.Xml;

namespace PosteRestante.SipEdge.Publication;

/// <summary>
/// Reads <c>deferred-settings/offline-delivery/@active</c> by local names, under whatever root and namespace (profile 1.3); what
/// else a document says is passed over. Without DTD and entities.
/// </summary>
internal static class SettingsDocument
{
    private const int MaxDepth = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads a document.</summary>
    /// <param name="octets">The document.</param>
    /// <param name="active">Whether any entity wants its messages; null when none says anything of it.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> octets, out bool? active)
    {
        active = null;
        try
        {
            using var stream = new MemoryStream(octets.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            return TryRead(reader, ref active);
        }
        catch (XmlException)
        {
            return false; // the reader has no other way to say so
        }
    }

    private static bool TryRead(XmlReader reader, ref bool? active)
    {
        var settingsDepth = -1;
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                return false;
            }

            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == settingsDepth)
            {
                settingsDepth = -1;
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                if (settingsDepth < 0 && reader.LocalName == "deferred-settings" && !reader.IsEmptyElement)
                {
                    settingsDepth = reader.Depth;
                }
                else if (settingsDepth >= 0 && reader.Depth == settingsDepth + 1 && reader.LocalName == "offline-delivery")
                {
                    if (ToBoolean(reader.GetAttribute("active")) is not { } one)
                    {
                        return false;
                    }

                    active = active == true || one;
                }
            }
        }

        return true;
    }

    // xs:boolean, with the white space that its type collapses.
    private static bool? ToBoolean(string? value) => value?.Trim() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };
}

using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Protocols.ResourceLists;

/// <summary>Limits of what is read as a resource list.</summary>
public sealed class ResourceListOptions
{
    /// <summary>Where these stand in configuration.</summary>
    public const string SectionName = "ResourceLists";

    /// <summary>
    /// Entries of all lists of one request, repeats included; over it the answer is 413. Default 1000: about as many as a
    /// body of <c>Sip:Parser:MaxBodyBytes</c> holds. The mailbox keeps the list while it is delivered, some octets an entry.
    /// </summary>
    [Range(1, 4096)]
    public int MaxEntries { get; set; } = 1000;

    /// <summary>Elements within elements. Default 16: a list of lists has four levels.</summary>
    [Range(3, 256)]
    public int MaxDepth { get; set; } = 16;
}

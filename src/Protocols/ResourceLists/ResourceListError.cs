namespace PosteRestante.Protocols.ResourceLists;

/// <summary>Why octets are no resource list, or one over the limits.</summary>
public enum ResourceListError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The octets are not well-formed XML with namespaces, or use an entity that XML does not define itself.</summary>
    NotWellFormed,

    /// <summary>There is a document type declaration: it is never read.</summary>
    DocumentType,

    /// <summary>The root is not <c>resource-lists</c> in its namespace.</summary>
    WrongRoot,

    /// <summary>An element of the namespace stands where the schema has none (RFC 4826 3.2).</summary>
    MisplacedElement,

    /// <summary>An <c>entry</c> has no <c>uri</c>.</summary>
    EntryWithoutUri,

    /// <summary>Elements are nested deeper than <see cref="ResourceListOptions.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>There are more entries than <see cref="ResourceListOptions.MaxEntries"/>.</summary>
    TooManyEntries,
}

namespace PosteRestante.Protocols.ResourceLists;

/// <summary>The elements of a resource list as far as reading it needs to tell them apart (RFC 4826 3.2).</summary>
internal enum ResourceListElement
{
    /// <summary>Of another namespace, or within such a one: an extension, skipped.</summary>
    Foreign = 0,

    /// <summary><c>resource-lists</c>.</summary>
    Root,

    /// <summary><c>list</c>.</summary>
    List,

    /// <summary><c>entry</c>.</summary>
    Entry,

    /// <summary><c>entry-ref</c> or <c>external</c>: names what is elsewhere, and is never followed.</summary>
    Reference,

    /// <summary><c>display-name</c>.</summary>
    DisplayName,

    /// <summary>Of the namespace, but unknown, or where the schema has none.</summary>
    Misplaced,
}

namespace PosteRestante.Architecture.Tests.Conformance;

/// <summary>One requirement of the profile.</summary>
/// <param name="Section">The heading under which it stands.</param>
/// <param name="Id">Its id, for example <c>DM-12.2.2.3-1</c>.</param>
/// <param name="Statement">What it asks, in one line.</param>
internal sealed record RequirementId(string Section, string Id, string Statement)
{
    /// <summary>Whether it is a remark on the text, which no test could hold.</summary>
    public bool IsEditorial => Statement.StartsWith("Editorial", StringComparison.Ordinal);

    /// <summary>Reads a list: <c>== section</c>, <c>ID: statement</c>, <c># comment</c>.</summary>
    public static IReadOnlyList<RequirementId> Parse(IEnumerable<string> lines)
    {
        var section = "";
        var ids = new List<RequirementId>();
        foreach (var line in lines.Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                section = line[3..];
                continue;
            }

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            ids.Add(new RequirementId(section, line[..colon], line[(colon + 2)..]));
        }

        return ids;
    }
}

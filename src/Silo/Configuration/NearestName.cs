namespace PosteRestante.Silo.Configuration;

/// <summary>Finds the name that somebody who mistyped meant.</summary>
internal static class NearestName
{
    /// <summary>The known name within a third of the letters of what was written; null when none is near.</summary>
    public static string? To(string written, IEnumerable<string> known) =>
        known.Select(name => (Name: name, Distance: Distance(written, name)))
            .Where(candidate => candidate.Distance <= Math.Max(1, written.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    // Levenshtein: letters to insert, remove or replace, without case; one row of the table is enough.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                var cost = Math.Min(diagonal + (same ? 0 : 1), Math.Min(row[j - 1], row[j]) + 1);
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[right.Length];
    }
}

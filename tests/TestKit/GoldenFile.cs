using Xunit;

namespace PosteRestante.TestKit;

/// <summary>
/// Octets that must never change, kept as a file of hexadecimal lines beside the tests: a stored format is read
/// by every later version. A new file is written by running the test with <see cref="WriteVariable"/> set to 1,
/// and is then reviewed and committed; an existing one is never overwritten.
/// </summary>
public static class GoldenFile
{
    /// <summary>Environment variable that lets missing files be written.</summary>
    public const string WriteVariable = "POSTE_TEST_WRITE_GOLDEN";

    private const int OctetsPerLine = 32;

    /// <summary>Reads the octets of a golden file.</summary>
    /// <param name="parts">The file, named from the repository's root.</param>
    public static byte[] Read(params ReadOnlySpan<string> parts) =>
        Convert.FromHexString(string.Concat(File.ReadAllLines(Repository.PathOf(parts))));

    /// <summary>Requires that octets are those of the golden file.</summary>
    /// <param name="actual">What the code under test wrote.</param>
    /// <param name="parts">The file, named from the repository's root.</param>
    public static void Require(ReadOnlySpan<byte> actual, params ReadOnlySpan<string> parts)
    {
        string path = Repository.PathOf(parts);
        if (!File.Exists(path))
        {
            Assert.True(
                Environment.GetEnvironmentVariable(WriteVariable) == "1",
                $"There is no golden file {path}; set {WriteVariable}=1 to write it, then review it.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllLines(path, Lines(actual));
        }

        Assert.Equal(Convert.ToHexString(Read(parts)), Convert.ToHexString(actual));
    }

    private static IEnumerable<string> Lines(ReadOnlySpan<byte> octets) =>
        octets.ToArray().Chunk(OctetsPerLine).Select(Convert.ToHexStringLower);
}

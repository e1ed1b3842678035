using Xunit;

namespace PosteRestante.TestKit;

/// <summary>
/// The real programs that interop tests talk to (<c>sipp</c>, <c>tshark</c>, <c>strace</c>, <c>kamailio</c>, <c>baresip</c>). <c>./test.sh</c> installs them where it
/// can; a test that needs one which is not there is skipped with the reason, and only then.
/// </summary>
public static class Peers
{
    /// <summary>Environment variable in which <c>./test.sh</c> names the peers that it saw, separated by commas.</summary>
    public const string PresentVariable = "POSTE_TEST_PEERS";

    /// <summary>Environment variable in which <c>./test.sh</c> names the peers that are here and may not do their work.</summary>
    public const string UnusableVariable = "POSTE_TEST_UNUSABLE";

    /// <summary>The full path of a peer; the test is skipped when this machine has not got it, or forbids its work.</summary>
    /// <param name="name">The program's name, for example <c>sipp</c>.</param>
    public static string Require(string name)
    {
        var path = Find(name, Environment.GetEnvironmentVariable("PATH"));
        if (path is null)
        {
            // A peer that the run promised and that is gone is a defect of the run, not a reason to skip.
            Assert.False(Promised(name, Environment.GetEnvironmentVariable(PresentVariable)), $"{name} was promised and is gone");
            Assert.Skip($"{name} is not installed here; as root on Debian ./test.sh installs it");
        }

        if (Names(Environment.GetEnvironmentVariable(UnusableVariable), name))
        {
            Assert.Skip($"{name} may not do its work here: ./test.sh tried; tshark and strace need root, or CAP_NET_RAW and CAP_SYS_PTRACE, baresip a network");
        }

        return path;
    }

    /// <summary>Looks a program up in a list of folders in the form of <c>PATH</c>; null when it is in none.</summary>
    public static string? Find(string name, string? folders) => (folders ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Whether a list in the form of <see cref="PresentVariable"/> names the peer.</summary>
    public static bool Promised(string name, string? present) => Names(present, name);

    private static bool Names(string? list, string name) =>
        (list ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.Ordinal);
}

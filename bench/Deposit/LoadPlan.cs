using System.Globalization;

namespace PosteRestante.Bench.Deposit;

/// <summary>What our load driver is told, in the order of the peers' driver.</summary>
/// <param name="Port">The server's port on 127.0.0.1.</param>
/// <param name="IsTcp">TCP; else UDP.</param>
/// <param name="Connections">Sockets that share what is in flight.</param>
/// <param name="InFlight">Messages that wait for their final response at most.</param>
/// <param name="Messages">How many are sent at most.</param>
/// <param name="Users">Recipients, in turn.</param>
/// <param name="Seconds">How long at most.</param>
/// <param name="AcknowledgedFile">Gets the ids of the messages that were answered with a 2xx, one a line.</param>
/// <param name="Rate">Messages a second, each counted from the time when it is due; 0 sends as fast as the answers come.</param>
/// <param name="OneUser">All for the first user.</param>
internal sealed record LoadPlan(
    int Port, bool IsTcp, int Connections, int InFlight, long Messages, int Users, double Seconds, string AcknowledgedFile, double Rate, bool OneUser)
{
    /// <summary>Reads the arguments; null when they do not suffice.</summary>
    public static LoadPlan? Parse(string[] args)
    {
        if (args.Length < 8)
        {
            return null;
        }

        return new LoadPlan(
            Integer(args[0]), args[1] == "tcp", Integer(args[2]), Integer(args[3]), Integer(args[4]), Integer(args[5]), Real(args[6]), args[7],
            args.Length > 8 ? Real(args[8]) : 0, args.Length > 9 && args[9] == "1");
    }

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

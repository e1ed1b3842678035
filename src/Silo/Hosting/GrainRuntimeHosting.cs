using Orleans.Hosting;
using PosteRestante.Silo.Configuration;
#if ORLEANS
using System.Net;
using System.Net.Sockets;
#else
using Orleans.Embedded;
using PosteRestante.Grains.Interfaces.Messages;
#endif

namespace PosteRestante.Silo.Hosting;

/// <summary>
/// The one place where the two grain runtimes differ: the embedded one, or Orleans as a cluster of this machine with our
/// embedded store as its grain storage (the keyed <c>IGrainStorage</c> that <c>AddSqliteRecords</c> registers).
/// </summary>
internal static class GrainRuntimeHosting
{
#if ORLEANS
    /// <summary>Adds the sections of the runtime.</summary>
    public static SectionRegistry AddGrainRuntimeSections(this SectionRegistry sections) =>
        sections.Add<ClusterOptions>(ClusterOptions.SectionName);

    /// <summary>Adds the runtime; it starts and stops with the host.</summary>
    public static void AddGrainRuntime(this IHostApplicationBuilder builder)
    {
        var cluster = builder.Configuration.GetSection(ClusterOptions.SectionName).Get<ClusterOptions>() ?? new ClusterOptions();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(PortOf(cluster.SiloPort), PortOf(cluster.GatewayPort))
            .UseInMemoryReminderService());
    }

    // Orleans must be told its ports; 0 takes a free one here as for every listener.
    private static int PortOf(int configured)
    {
        if (configured != 0)
        {
            return configured;
        }

        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
#else
    /// <summary>Adds the sections of the runtime.</summary>
    public static SectionRegistry AddGrainRuntimeSections(this SectionRegistry sections) =>
        sections.Add<EmbeddedRuntimeOptions>(EmbeddedRuntimeOptions.SectionName);

    /// <summary>Adds the runtime; it starts and stops with the host.</summary>
    public static void AddGrainRuntime(this IHostApplicationBuilder builder) =>
        builder.UseOrleans(silo => silo.UseInMemoryReminderService().PlaceWithCaller<IDeferredMessage>());
#endif
}
